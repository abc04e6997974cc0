# Begin here: a model for authors, then `python manage.py makemigrations shop`. What must hold is in brief.md, every path
# and field in openapi.yaml; `assay check` tells what holds already.
