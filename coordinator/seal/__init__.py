"""What the seal is made of, without a database: leaves, tree, signature, checkpoint, proof.

docs/trail.md says each of these in bytes, so that a stranger can check them.
"""
