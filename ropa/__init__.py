"""The register of processing activities (GDPR and UK GDPR Article 30): one file, one graph, dated law."""
