/** Where a goods' photo is; a browser asks for it with the visitor's own session. */
export const photoPath = (goods: string, photo: string): string => `/api/v1/goods/${goods}/photos/${photo}`;
