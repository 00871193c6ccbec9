# What jobs and builds run in: the CLI, its jobs, git, and libxgboost.
# The context is the published CLI; `plumb aws deploy` sends it.

# The wheel's library is built with CUDA and runs on CPUs too; Debian's is not. It brings the OpenMP that it wants.
FROM python:3.12-slim AS xgboost
RUN pip download --no-deps --dest /wheel xgboost==1.7.6 && python -m zipfile -e /wheel/*.whl /xgboost

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=xgboost /xgboost/xgboost/lib /opt/xgboost/xgboost/lib
COPY --from=xgboost /xgboost/xgboost.libs /opt/xgboost/xgboost.libs
RUN ln -s /opt/xgboost/xgboost/lib/libxgboost.so /usr/lib/libxgboost.so.0 && ldconfig
COPY . /opt/plumbline
RUN ln -s /opt/plumbline/images/entry.sh /usr/local/bin/plumb && chmod +x /opt/plumbline/images/entry.sh
# What NVIDIA's runtime puts into the container on a GPU instance.
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
ENTRYPOINT ["/opt/plumbline/images/entry.sh"]
