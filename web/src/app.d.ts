import type { IncomingMessage } from 'node:http';
import type { Display } from '$lib/display.ts';
import type { Acting } from '$lib/acting/acting.ts';
import type { Me } from '$lib/session.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** Given to the person, so that the operator finds the log line. */
      id?: string;
    }
    interface Locals {
      locale: 'zh-CN' | 'en';
      display: Display;
      me: Me | null;
      /** Whom the visitor acts for on this page, by a consent that stands. */
      acting: Acting | null;
    }
    interface PageData {
      title?: string;
    }
    interface Platform {
      /** The process hands its own API over, so that a page asks it without a network between. */
      req?: IncomingMessage & {
        linli?: { fetch: (request: Request) => Response | Promise<Response> };
      };
    }
  }
}
