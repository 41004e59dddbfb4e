import type { OfflineWords } from '../types.ts'

export const offline: OfflineWords = {
  'offline.notice':
    'Sin conexión con el servidor. Esta es la página tal como tu teléfono la guardó el {kept}. Los números pueden haber cambiado.',
  'offline.nothing.title': 'Sin conexión',
  'offline.nothing.text': 'Esta página necesita conexión. Estas funcionan sin ella:',
  'offline.title': 'Guardado en este teléfono',
  'offline.text':
    'Después de tu primera visita, las páginas que llevan a la ayuda y el formulario vacío quedan en este teléfono, para que se abran sin conexión. Nada de lo que escribes o envías se guarda con ellas. Pero quien mire este teléfono podría ver que estuviste aquí: en el historial del navegador y en los datos que guarda de los sitios web.',
  'offline.history':
    'El historial se borra en el navegador. Una ventana privada no guarda ni lo uno ni lo otro.',
  'offline.remove': 'Quitar este sitio de este teléfono',
  'offline.removed':
    'Quitado. Cierra esta página ahora y bórrala de tu historial. Si abres el sitio otra vez, se vuelve a guardar.',
  'offline.waiting':
    'Todavía no se quitó: algo que se anotó en este teléfono no se ha enviado. Abre con conexión la página en la que se escribió y espera a que diga «enviado».',
  'offline.not-removed':
    'No funcionó. Puedes borrar los datos de este sitio web en los ajustes de tu navegador.',
}
