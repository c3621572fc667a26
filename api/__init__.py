"""The web service: pages for enterprises, experts and bureaus, and the REST API beside them.

``app.create`` puts it together. ``intake`` takes files in, ``jobs`` keeps work under leases,
``worker`` does it in guarded children, ``access`` is the one place that says who sees what.
"""
