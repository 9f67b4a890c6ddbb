from flask import Blueprint

blueprint = Blueprint("cover", __name__, url_prefix="/cover")
