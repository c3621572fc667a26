"""申报书审阅: reviews smart-factory declarations against a policy pack, offline."""

__version__ = "0.1.0"
