"""Stage: what programs that watch a server can read: how the last runs of `build`, `stats` and `publish` went.

Each of them records its result in `status.json`, in the folder of the portal's own files beside the site (journal.py).
`python3 tasks.py status` judges it (alarms.py) and what the logs have (log_files.py): it prints what is wrong, and its
exit status is 0 if nothing is, 2 otherwise, as Nagios, Icinga, Zabbix and systemd expect.
"""
