# What scripts and handlers for AWS's XGBoost image import from the module of that name in it, on one host.
