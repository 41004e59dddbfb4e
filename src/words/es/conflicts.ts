/** Conflictos de interés que se descubren más tarde (K3). */
import type { ConflictWords } from '../types.ts'

export const conflicts: ConflictWords = {
  'record.epoch': '{name}: sellado de nuevo',
  'record.epoch.text':
    'Lo que se añada desde aquí se sella con una clave nueva, para quienes pueden leer el caso ahora.',
  'conflict.title': 'Conflicto de interés',
  'conflict.step-aside': 'Tengo uno: me aparto',
  'conflict.step-aside.confirm':
    'Dejarás de ver este caso, y también que existe. Nadie pregunta por qué. Aquí no se puede deshacer.',
  'conflict.step-aside.do': 'Apartarme',
  'conflict.other': 'Otro miembro tiene uno',
  'conflict.other.who': '¿Quién?',
  'conflict.other.hint': 'Decide un segundo miembro. Nadie pregunta por qué, y no se le dice.',
  'conflict.other.do': 'Decirlo',
  'conflict.said': '{by} dice que {name} tiene un conflicto de interés. Decide un segundo miembro.',
  'conflict.decide': 'De acuerdo: {name} queda fuera',
  'conflict.withdraw': 'Retirarlo',
  'conflict.disagree': 'No estoy de acuerdo',
  'log.set-aside-proposed': 'dijo que otro miembro tiene un conflicto de interés',
  'log.set-aside-withdrawn': 'lo retiró o no estuvo de acuerdo: el miembro se queda',
  'log.set-aside': 'estuvo de acuerdo en que un miembro tiene un conflicto de interés: queda fuera',
  'log.stepped-aside': 'se apartó por un conflicto de interés',
  'log.epoch-renewed': 'selló el caso de nuevo después de que alguien lo dejara',
  'outbox.set-aside-proposed': 'Un conflicto de interés por decidir',
}
