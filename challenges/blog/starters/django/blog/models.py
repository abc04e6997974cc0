# Begin here: a model for users, then `python manage.py makemigrations blog`. What must hold is in brief.md, every path
# and field in openapi.yaml; `assay check` tells what holds already.
