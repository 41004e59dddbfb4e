import type { KeptWords } from '../types.ts'

export const kept: KeptWords = {
  'kept.notice':
    'Sin conexión con el servidor. Esta es la página tal como tu teléfono la guardó el {kept}. Los números pueden haber cambiado.',
  'kept.nothing.title': 'Sin conexión',
  'kept.nothing.text': 'Esta página necesita conexión. Estas funcionan sin ella:',
  'kept.title': 'Guardado en este teléfono',
  'kept.text':
    'Después de tu primera visita, las páginas que llevan a la ayuda y el formulario vacío quedan en este teléfono, para que se abran sin conexión. Nada de lo que escribes o envías se guarda con ellas. Pero quien mire este teléfono podría ver que estuviste aquí: en el historial del navegador y en los datos que guarda de los sitios web.',
  'kept.history':
    'El historial se borra en el navegador. Una ventana privada no guarda ni lo uno ni lo otro.',
  'kept.remove': 'Quitar este sitio de este teléfono',
  'kept.removed':
    'Quitado. Cierra esta página ahora y bórrala de tu historial. Si abres el sitio otra vez, se vuelve a guardar.',
  'kept.not-removed':
    'No funcionó. Puedes borrar los datos de este sitio web en los ajustes de tu navegador.',
}
