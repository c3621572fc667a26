"""The trained models: training, evaluation, release, and the scorer that needs no scikit-learn."""
