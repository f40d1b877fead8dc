"""Stage: brings the finished site to where readers get it, `python3 tasks.py publish TARGET`.

TARGET is a folder, a folder on a machine that SSH reaches (user@host:/path), or a bucket (s3://bucket, bucket.py). A
folder becomes

    TARGET/current       a link to the newest release, for the web server
    TARGET/releases/12/  a release; what has not changed is the same file as in the release before (a hard link)
    TARGET/.next/        one that is being uploaded; the next attempt goes on with it

Only files that differ are sent. A release is shown by one rename, once every file of it has the digest that it has
here. Nothing of this project needs to be installed there, only what every Linux system has: sh, tar, find, sha256sum,
flock. publisher.py is the sequence of steps, manifest.py lists files with their digests, release_folder.py and
bucket.py are the kinds of targets, machine.py runs commands on the machine of a folder.
"""
