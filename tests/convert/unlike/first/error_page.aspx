%% article: no
<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Runtime Error</title></head><body><span><h1>Server Error in '/' Application.<hr width=100% size=1></h1><h2><i>Runtime Error</i></h2></span><b>Description:</b>
    An application error occurred on the server. The current custom error settings for this application prevent the details of the
    application error from being viewed remotely (for security reasons). It could, however, be viewed by browsers running on the local server machine.</body></html>