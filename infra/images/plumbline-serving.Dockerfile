# The image of the model server. The context is the published CLI, which `plumb aws deploy` sends.

# To pin the base images, write their digests here: NAME@sha256:...
ARG PYTHON=public.ecr.aws/docker/library/python:3.12-slim
ARG DOTNET=mcr.microsoft.com/dotnet/aspnet:10.0

FROM $PYTHON AS xgboost
RUN pip download --no-deps --dest /wheel xgboost==1.7.6 && python -m zipfile -e /wheel/*.whl /xgboost

FROM $DOTNET
COPY --from=xgboost /xgboost/xgboost/lib /opt/xgboost/xgboost/lib
COPY --from=xgboost /xgboost/xgboost.libs /opt/xgboost/xgboost.libs
# Use the library in its own folder: it searches for its OpenMP relative to itself, so a link elsewhere would break it.
RUN printf '/opt/xgboost/xgboost/lib\n/opt/xgboost/xgboost.libs\n' > /etc/ld.so.conf.d/xgboost.conf && ldconfig
RUN ldconfig -p | grep -q /opt/xgboost/xgboost/lib/libxgboost.so && ! ldd /opt/xgboost/xgboost/lib/libxgboost.so | grep 'not found'
COPY serving /opt/plumbline/serving
# ONNX Runtime and Skia bring their libraries; they need no package of the system beyond those of .NET.
RUN cd /opt/plumbline/serving/runtimes/linux-x64/native && ldd libonnxruntime.so libSkiaSharp.so > /dev/null \
    && ! ldd libonnxruntime.so libSkiaSharp.so | grep 'not found'
# SageMaker's requests come from outside the container.
ENV PLUMBLINE_BIND_ADDRESS=0.0.0.0
# SageMaker runs the image with the argument `serve`.
ENTRYPOINT ["dotnet", "/opt/plumbline/serving/plumbline-serving.dll"]
