/**
 * Random names for cases, such as `amber-kite`. They say nothing about a case and have no order, so that a gap in
 * them cannot be noticed (K1). The words are plain things: nothing that could hurt, or sound ironic, beside a
 * report; no bodies, skin or hair, first names, feelings, weapons, storms, talk of stories or acting, and no animal
 * that is used as an insult.
 */

const adjectives = `
acorn agate alpine amber apple apricot aqua arctic azure bamboo barley beige blue brass brick bright broad
canary candle canvas cedar chalk cinnamon citrus classic clear clover coastal cobalt compact copper cork
cotton cyan dappled denim dotted dune early eastern elm emerald even evening fern fir floral folded framed
frosted garden garnet gilded glassy golden granite grassy green herbal hilly honey humming indigo inland
knitted lacquered lakeside lamplit larch latticed lavender leafy lemon level lilac lime linen lofty long
lunar magenta maple marble marine mauve meadow merino midday minted misty modern morning mossy mottled
mustard narrow northern nutmeg oaken oatmeal ocean ochre onyx orange orchard oval paper papery patterned
pebbled penciled pewter pine pink pistachio plaid plain plaited polar polished poplar porcelain printed
purple quartz quilted raspberry reedy ridged rippled rosy round russet rustic salted sapphire satin seaside
sepia sesame shingled shining silken silver sketched slate solar sorrel southern spiced spiral spring spruce
square starlit stone striped sunlit tangerine tartan teal terracotta textured thatched tidal tiled timber
topaz tufted turquoise umber upland upper vanilla velvet verdant vernal walnut waxed western wheaten wicker
winding winter wooden woolen woven
`

const nouns = `
abacus acre aerial album alcove almanac alphabet anchor annex antenna anthem apron aqueduct arbor arcade
arch archway arena atlas atrium avenue awning axis bagel bakery balcony ballad balsam banjo barge barn
barrel basalt basin basket bassoon bay bayou beacon beam bench bicycle birch biscuit blanket blossom boat
bobbin bonsai bookend bookmark bough boulder boulevard bower braid bramble branch bridge brush buckle
buckwheat buoy bureau button cabin cabinet cable cactus calendar camera canal canoe canopy canyon caravan
cardigan carousel carpet carriage cascade cashew castle catalog cello chalet channel chapter chart chime
chimney cinema cipher citron clarinet clock cloister cloud coast cobbler coil column comet compass concert
concerto corner cornice cottage courtyard cove crayon creek crescent crocus cupboard cushion cymbal daffodil
delta desk dial diary dome doorway drawer easel echo eclair emblem envelope equator essay estuary farm
feather ferry fig finch fjord flagstone flannel flute foothill fountain fresco gable galaxy gallery gate
gazebo geyser gingham glacier glade globe glove gondola gorge grove guitar hamlet hammock harbor harmonica
harvest hearth hedge helix heron hill hillside horizon hyacinth index inkwell inlet island jetty jigsaw
journal kayak kelp kettle keyboard kiln kite knoll ladder lagoon lake lamp landing lantern lattice leaf
ledger lentil library lichen lighthouse lintel locomotive lotus lute lyric mandolin mango mantel market
marsh meridian mesa metro mill mint mitten moon mosaic moss motif mural museum nebula nest notebook oak
oar oboe observatory orbit orchid oriole osprey otter outpost paddle pagoda palette panel pantry papaya
parade parasol parcel parsley pasture patio pavilion peak pear pebble pendulum peninsula pepper piano
piccolo pier pillar pinnacle pixel planet plateau plaza plum pocket polka pond porch portal portrait
postcard poster prairie prelude prism pumpkin puzzle quarry quay quill quilt quince radio raft railway
rainbow ribbon ridge river roadway rotunda rowboat ruler sail salon sandal satchel satellite saxophone scarf
schooner scroll sequoia shelf shoal shore signal silo skylight sled slope sonata sonnet sparrow spindle
spire stairway stanza starling station steeple stencil stream studio suitcase summit sundial sunflower
sycamore symphony table tablet tambourine tandem tangram tapestry teacup teapot telescope tempo terrace
thimble thistle thread thyme ticket tile towel tower tram treble trellis trestle trumpet tulip tundra tunnel
turbine tweed ukulele umbrella valley vase veranda verse viaduct village vine vineyard violin vista volume
voyage wagon waltz waterfall waterway wharf wheat wheel windmill window wisteria yurt zenith zinnia
`

/** The first words, each once. */
export const calmAdjectives: readonly string[] = listOf(adjectives)
/** The last words, each once. */
export const calmNouns: readonly string[] = listOf(nouns)

/** Gives a whole number from 0 to n - 1, each as likely, from a source that cannot be predicted. */
export type RandomBelow = (n: number) => number

/** A code name of two words, such as `amber-kite`: one of about 70,000. */
export function codeName(random: RandomBelow): string {
  return [pick(calmAdjectives, random), pick(calmNouns, random)].join('-')
}

/** A code name of three words, such as `amber-linen-kite`, for when a community's shorter ones collide. */
export function longCodeName(random: RandomBelow): string {
  const first = random(calmAdjectives.length)
  // The second is drawn from the others, so that no word comes twice.
  const second = (first + 1 + random(calmAdjectives.length - 1)) % calmAdjectives.length
  return [calmAdjectives[first], calmAdjectives[second], pick(calmNouns, random)].join('-')
}

function pick(words: readonly string[], random: RandomBelow): string {
  const word = words[random(words.length)]
  if (word === undefined) throw new RangeError('The random source gave a number out of range')
  return word
}

function listOf(words: string): string[] {
  return [...new Set(words.trim().split(/\s+/))]
}
