"""Trained models and what trains, measures and releases them.

At run time only numpy is needed: ``classifier`` (entries) and ``linear`` (the scorer). Training
(``python -m models.train``) needs scikit-learn; nothing here imports it at the top.
"""

import reviewer  # noqa: F401  # before numpy: one thread, so that training rounds alike everywhere
