"""The rooms of the portal: one folder for one reader's feature or one stage of publishing."""
