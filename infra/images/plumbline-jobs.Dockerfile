# The image of jobs and builds: the CLI, its jobs, git, libxgboost, the .NET SDK, with which builds compile a project's own
# C# code, and Python, which runs the score program of a project (quality.score).
# The context is the published CLI, which `plumb aws deploy` sends.

# To pin the base images, write their digests here: NAME@sha256:...
ARG PYTHON=public.ecr.aws/docker/library/python:3.12-slim
ARG DOTNET=mcr.microsoft.com/dotnet/sdk:10.0

# The wheel's library supports CUDA and also runs on CPUs; Debian's does not support CUDA. The wheel has its own OpenMP.
FROM $PYTHON AS xgboost
RUN pip download --no-deps --dest /wheel xgboost==1.7.6 && python -m zipfile -e /wheel/*.whl /xgboost

FROM $DOTNET
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates python3 && rm -rf /var/lib/apt/lists/*
COPY --from=xgboost /xgboost/xgboost/lib /opt/xgboost/xgboost/lib
COPY --from=xgboost /xgboost/xgboost.libs /opt/xgboost/xgboost.libs
# Use the library in its own folder: it searches for its OpenMP relative to itself, so a link elsewhere would break it.
RUN printf '/opt/xgboost/xgboost/lib\n/opt/xgboost/xgboost.libs\n' > /etc/ld.so.conf.d/xgboost.conf && ldconfig
RUN ldconfig -p | grep -q /opt/xgboost/xgboost/lib/libxgboost.so && ! ldd /opt/xgboost/xgboost/lib/libxgboost.so | grep 'not found'
COPY . /opt/plumbline
RUN ln -s /opt/plumbline/images/entry.sh /usr/local/bin/plumb && chmod +x /opt/plumbline/images/entry.sh
# If the library does not load, let the image's build fail instead of a paid training.
RUN mkdir -p /opt/ml/input/config /opt/ml/input/data/train /opt/ml/model && cd /opt/ml/input \
    && printf '0,0\n1,1\n' > data/train/data.csv \
    && printf '{"num_round":"1","objective":"binary:logistic"}' > config/hyperparameters.json \
    && printf '{"train":{"ContentType":"text/csv"}}' > config/inputdataconfig.json \
    && /opt/plumbline/images/entry.sh train && rm -r /opt/ml/*
# Tells NVIDIA's runtime on a GPU instance what to add to the container.
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
ENTRYPOINT ["/opt/plumbline/images/entry.sh"]
