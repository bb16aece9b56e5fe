"""Cases → how alike they are, view by view, each score with the shared elements that make it."""
