/** Lo que dice por sí mismo el código de la página para anotar, además de `site.ts`. Sin ICU, solo `{name}`. */
import type { TakingSiteWords } from '../types.ts'

export const takingSite: TakingSiteWords = {
  'taken.waiting': 'Sellado. Espera conexión',
  'taken.sending': 'Sellado. Enviando',
  'taken.sent': 'Ha llegado',
  'taken.refused': 'El servidor no lo aceptó. Aquí no se puede leer: anótalo de nuevo, por favor.',
  'taken.of': 'Anotado a las {time}',
  'taken.forget': 'Quitar',
  'taken.no-keys':
    'No hay conexión, y aún no se tienen las claves del comité. Lo que escribiste sigue aquí. Deja esta página abierta e inténtalo otra vez.',
  'taken.not-kept': 'Este navegador no guarda nada. No cierres esta página antes de que llegue.',
}
