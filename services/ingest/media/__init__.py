"""Pictures as browsers show them: thumbnails, previews and originals, made on demand."""
