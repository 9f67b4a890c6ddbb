"""Forms of one first name. The `nicknames` package knows those of North America; these are others
that callers in England use."""

from functools import lru_cache

from nicknames import NickNamer

from lado.rules.folding import fold

FAMILIES = (
    "Abdul Abdullah Abdal", "Agnieszka Aga", "Ahmed Ahmad Ahmet", "Aleksander Aleksandr Olek Alex",
    "Aleksandra Ola Alexandra", "Alistair Alasdair Alastair Al Ali", "Amelia Millie Amy Mimi",
    "Aneurin Nye", "Angharad Haz", "Ann Anne Annie Anna Ania", "Archibald Archie",
    "Barbara Basia Babs", "Bilal Billal",
    "Bronwen Bron Bronwyn", "Callum Calum Cal", "Caroline Caz Carrie", "Charlotte Lottie Char",
    "Christopher Kit Kris Topher", "Dafydd David Dai Dave", "Darren Daz", "Deepa Deepika Deepti",
    "Edwin Ed Eddie Ted", "Elizabeth Beth Betty Bess Betsy Libby Lilibet Elspeth Eliza Liz",
    "Emyr Emrys", "Fatima Fatimah Fatema", "Freya Freja", "Gareth Gaz Gary Garth",
    "Geraint Ger", "Grzegorz Greg Grzes", "Gwenllian Gwen", "Harold Harry", "Henry Harry Hal",
    "Hugh Huw Hughie Hew", "Hussain Hussein Husain", "Ian Iain Ion", "Imogen Immy", "Isla Ila",
    "Jacqueline Jackie Jacqui", "Jadwiga Jadzia", "Jakub Kuba Jacob", "Jan Johnny John",
    "Jasmin Yasmin Yasmine Jasmine", "Jeremy Jem Jez", "Jodie Jody Jo", "Julian Jules",
    "Karl Carl Carlo", "Kate Kat Katie Katy Catherine Katherine Kathryn Kathleen Cath",
    "Katarzyna Kasia Katie", "Khadija Khadijah", "Krzysztof Krzys Chris Christopher",
    "Leila Layla Laila Leyla", "Llewellyn Lyn Llew", "Luis Louis Lewis", "Lucy Lucinda Lucia Luce",
    "Malgorzata Gosia Margaret", "Margaret Maisie Peggy Mags", "Martin Marty Mart Marcin",
    "Megan Meg Meggie", "Michal Michael Mike", "Mohammed Muhammad Mohamed Mohammad Mo Md",
    "Musa Moosa Moses", "Nadia Nadya", "Natasha Tasha Natalia", "Neil Neal Niall Nial",
    "Nicola Nicky Nic", "Nikhil Nik Nikki", "Oscar Oskar Ossie", "Owen Owain", "Pavel Pawel Paul",
    "Piers Pierce Peter", "Philippa Pip Pippa", "Priya Pri", "Rebecca Becca Becks Bex",
    "Rhys Reece Rees", "Robert Bobby Rob Robbie Bob", "Rory Ruairi Ruaridh Roderick",
    "Rosemary Rose Rosie Romy", "Rose Rosie Rosa Roza", "Ruth Ruthie", "Samantha Sam Sammy",
    "Sanjay Sanj San", "Saul Sol", "Sian Shan Sharne Jane", "Siobhan Shiv Shivaun Chevonne",
    "Sonia Sonya Sonja", "Stanislaw Stan Staszek", "Susan Sukie Suki Sue", "Tara Tarah",
    "Theresa Tess Terri Tereza", "Tomasz Tomek Tom Thomas", "Umar Omar Omer", "Victor Viktor Vic",
    "Wanda Wandzia", "Wilfred Wilf Wilfrid", "William Liam Bill Will Billy Gwilym",
    "Wojciech Wojtek", "Yusuf Yousef Yousuf Joseph", "Yvette Evette", "Zainab Zaynab Zeinab",
    "Zofia Zosia Sofia Sophia Sophie Zosha",
)  # fmt: skip

_package = NickNamer()
_ours: dict[str, set[str]] = {}
for _family in FAMILIES:
    _names = set(fold(_family).split())
    for _name in _names:
        _ours.setdefault(_name, set()).update(_names - {_name})


@lru_cache(maxsize=20_000)
def related(forename: str) -> frozenset[str]:
    """Other forms of a folded first name: jon -> jonathan, john, ..."""
    theirs = _package.nicknames_of(forename) | _package.canonicals_of(forename)
    return frozenset(theirs | _ours.get(forename, set()))


def are_related(one: str, other: str) -> bool:
    return other in related(one) or one in related(other)
