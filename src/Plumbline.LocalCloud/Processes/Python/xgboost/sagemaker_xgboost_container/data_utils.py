# Reads channels as DMatrix.
import os

import xgboost


def get_content_type(content_type_cfg_val):
    """Returns csv or libsvm; libsvm if a channel has no content type."""
    kind = (content_type_cfg_val or "libsvm").split(";")[0].strip().lower()
    if kind in ("csv", "text/csv"):
        return "csv"
    if kind in ("libsvm", "text/libsvm", "text/x-libsvm"):
        return "libsvm"
    raise ValueError(f"{content_type_cfg_val} is not an accepted ContentType: csv, libsvm, text/csv, text/libsvm, text/x-libsvm.")


def get_dmatrix(data_path, content_type, csv_weights=0, is_pipe=False):
    """Reads the rows of a file or a channel: the label first, then, in CSV with csv_weights 1, the weight."""
    if is_pipe:
        raise ValueError("Pipe mode is not supported here: use TrainingInputMode File.")
    if not os.path.isfile(data_path) and not any(files for _, _, files in os.walk(data_path)):
        return None
    if get_content_type(content_type) == "libsvm":
        return xgboost.DMatrix(data_path + "?format=libsvm")
    weight = "&weight_column=1" if csv_weights == 1 else ""
    return xgboost.DMatrix(data_path + "?format=csv&label_column=0" + weight)
