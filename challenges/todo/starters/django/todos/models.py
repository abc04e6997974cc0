# Begin here: describe the todos and their tags, run `python manage.py makemigrations todos`, then go on in views.py.
