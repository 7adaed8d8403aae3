"""Tests of ropa.services.drafts.folder_of_drafts."""
