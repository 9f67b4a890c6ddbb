from flask import Blueprint

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")
