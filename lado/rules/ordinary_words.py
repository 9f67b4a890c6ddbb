"""Words that are names too. In lower case they are words: only a capital, or another word of the
name beside them, makes a name of them."""

# Titles, posts, and what a name is written with: they are nobody's name.
_NEVER = """
adult adults adviser agency and anonymous as assistant at aunt authority babies baby board boy boys
by caller carer centre child childminder children class club college council dad deputy designated
detective director doctor dr duty education family female for from girl girls governor grandfather
grandmother grandparent group has headteacher health his hospital inspector is its known lado leader
learning local male manager member members minder miss mother mr mrs ms mum mx nan neighbour none
not nursery of office officer ofsted parent person police practitioner primary prof pupil rev
safeguarding secondary senior services sibling siblings sir social staff student support teacher
team the this trust twin twins uncle unidentified unknown unnamed us various volunteer was with
worker year youth
"""
# With which a sentence is made. Some are names of somebody all the same.
_EVERYDAY = """
a about after again all also although an another any are be been before both but can did do does
during each few four had have he her here him how however i if in into it like made many more most
much must my no now off on one only or other our out over own said same several she should since so
some such than that their them then there these they those three to too two under until we well were
what when where which while who why would yes you your
"""
_MONTHS = "april august july june march may"
_ORDINARY = """
abbey able alder amber angel apple archer ash bacon bail baker ball banks bar barber barker barley
barn baron basil bass batch bay beach bean bear beck bell bench berry best bill birch bird bishop
black bloom blossom blue bolt bond booth bowler bowman bradford branch brand brave bray bridge
bridges bright brook brooks broom brother brown buck bull bullock burn bush butcher butler button
cannon care carpenter cart carter case cash castle chair chance chandler chapel chapman charity
chase cherry chief church clay clean clement clerk cliff close coach cole collar constable cook
cooper coral court crane cream crisp crook cross crow crown daisy dale dark dawn day dean dear
dell dew diamond dove drake draper drew dusty earl early east eden elder ember english eve fair
faith falconer farmer farrier fast father fen fern field fields finch fisher fletcher flint flora
flower ford forest forester fortune foster fountain fowler fox frank freedom freeman french friend
frost fry fuller gale gardener gay gem gene gentle ginger glass glen glover gold golden good
goodman grace grant grave graves gray green grey grove guy hall hammer hand hardy harmony harper
hart haven hawk hay hazel head heath heather helm herb heron hill hobby holiday holly holt honey
honour hood hook hope horn house hunt hunter hurt hyde iris iron ivory ivy jack jade jasmine jay
jet jewel job jolly joy judge juniper justice keen kerb kettle key kind king kit kitchen knight
lake lamb lance lane large lark lead leaf lee light lily little lock lodge long longer love low
loyal luck major man manner marble marina mark market marsh marshal martin mason master mead
meadow melody mercy merry mickle mile miles mill miller mist mole monk moon moor moral more moss
mountain mouse myrtle nail neat nettle new newman nice night noble noon north nurse oak olive
orchard osier other own page paige palm park parker parrot parsley pastor pat patience peace
peacock pearl pen penny pepper pike pine piper pitt plant pole pond pool poppy porter post pot
potter pound power precious press price pride priest prince principal prior proud prudence purdy
queen quick rain rainbow ran ranger raven ray read reader reason red reed reef rich ring rise
river rivers robin rock rod roman rook root rose rosemary round row royal ruby rush rusty rye
saddler sage sailor salt sand sandy savage savant saw sawyer scarlet school seal seller serene
sergeant sharp shepherd short silver singer sister skinner sky slater small smart snow song south
spark sparrow spear spencer spring spruce square stable star steel steward still stirling stone
storm street strong summer sun sunny swallow swan sweet swift tailor tanner taylor teal temple
thatcher thorn tiger timber tom tower town trinity true trueman tucker tulip turn turner tutor
tyler usher vale valentine van verity vest vicar victor victory viola violet walker wall ward
warden warner water waters weaver webb weeks wells west wheeler white whitehead will wills winner
winter wise wolf wood woods worth wren wright yard yew young
"""
NEVER = frozenset(_NEVER.split())
EVERYDAY = frozenset(_EVERYDAY.split())
MONTHS = frozenset(_MONTHS.split())
ORDINARY = MONTHS | EVERYDAY.union(_ORDINARY.split())
