"""Sessions → files: handouts for paper, and question banks for learning platforms."""

from casequote.server.training_exports.formats import FORMATS, Exported, export_session

__all__ = ["FORMATS", "Exported", "export_session"]
