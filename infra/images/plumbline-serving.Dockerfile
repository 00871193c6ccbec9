# The model server. The context is the published CLI; `plumb aws deploy` sends it.
FROM python:3.12-slim AS xgboost
RUN pip download --no-deps --dest /wheel xgboost==1.7.6 && python -m zipfile -e /wheel/*.whl /xgboost

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=xgboost /xgboost/xgboost/lib /opt/xgboost/xgboost/lib
COPY --from=xgboost /xgboost/xgboost.libs /opt/xgboost/xgboost.libs
RUN ln -s /opt/xgboost/xgboost/lib/libxgboost.so /usr/lib/libxgboost.so.0 && ldconfig
COPY serving /opt/plumbline/serving
# SageMaker runs the image with the argument `serve`.
ENTRYPOINT ["dotnet", "/opt/plumbline/serving/plumbline-serving.dll"]
