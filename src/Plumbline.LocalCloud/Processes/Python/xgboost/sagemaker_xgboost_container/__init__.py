# The module that scripts and handlers import in AWS's XGBoost image, for one host.
