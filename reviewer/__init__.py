"""申报书审阅: reviews smart-factory declarations against a policy pack, offline."""

import os

# A review multiplies small matrices only. OpenBLAS would start threads for them that spin while they
# wait, in every guarded child anew: a tenth of a batch's processor time. It reads this when numpy loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
