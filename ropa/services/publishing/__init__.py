"""The public list of subprocessors: what of a register is public, and the folder that is written."""
