"""What people trust it with: files stay private, and the promises of docs/security.md are held."""
