"""How it looks: templates, static files and view models; no HTTP and no models."""
