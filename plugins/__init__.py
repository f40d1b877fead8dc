"""The packages of the portal: one for each feature that readers use, or stage of publishing."""
