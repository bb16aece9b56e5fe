"""The composition root: settings, the assistant, routes, wire schemas, commands, evaluation."""
