# The model server. The context is the published CLI; `plumb aws deploy` sends it.

# Whoever wants the very same bases each time writes their digests here, NAME@sha256:...
ARG PYTHON=public.ecr.aws/docker/library/python:3.12-slim
ARG DOTNET=mcr.microsoft.com/dotnet/aspnet:10.0

FROM $PYTHON AS xgboost
RUN pip download --no-deps --dest /wheel xgboost==1.7.6 && python -m zipfile -e /wheel/*.whl /xgboost

FROM $DOTNET
COPY --from=xgboost /xgboost/xgboost/lib /opt/xgboost/xgboost/lib
COPY --from=xgboost /xgboost/xgboost.libs /opt/xgboost/xgboost.libs
# Found in its own folder: the wheel's library looks for its OpenMP beside itself, which a link elsewhere would lead astray.
RUN printf '/opt/xgboost/xgboost/lib\n/opt/xgboost/xgboost.libs\n' > /etc/ld.so.conf.d/xgboost.conf && ldconfig
RUN ldconfig -p | grep -q /opt/xgboost/xgboost/lib/libxgboost.so && ! ldd /opt/xgboost/xgboost/lib/libxgboost.so | grep 'not found'
COPY serving /opt/plumbline/serving
# SageMaker asks from outside the container's network.
ENV PLUMBLINE_BIND_ADDRESS=0.0.0.0
# SageMaker runs the image with the argument `serve`.
ENTRYPOINT ["dotnet", "/opt/plumbline/serving/plumbline-serving.dll"]
