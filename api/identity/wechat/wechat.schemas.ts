import { InstantSchema, z } from '../../platform/index.ts';

const WechatWaySchema = z.enum(['inside', 'desk']).openapi('WechatWay', {
  description: '`inside`：在微信里打开；`desk`：电脑上扫码 · In WeChat’s own browser, or by QR at a desk',
});

export const WechatWaysSchema = z.object({ ways: z.array(WechatWaySchema) }).openapi('WechatWays');

/** A path of our own pages, never another site's. */
const NextSchema = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[^\\\u0000-\u001f]*$/);

export const BeginWechatSchema = z
  .strictObject({ way: WechatWaySchema, next: NextSchema.optional() })
  .openapi('BeginWechat');

export const WechatAddressSchema = z
  .object({ address: z.url().openapi({ description: '把浏览器带到这里 · Send the browser there' }) })
  .openapi('WechatAddress');

export const ReturnFromWechatSchema = z
  .strictObject({
    state: z.string().max(128),
    code: z
      .string()
      .min(1)
      .max(512)
      .optional()
      .openapi({ description: '没有：本人没有同意 · Missing: refused' }),
  })
  .openapi('ReturnFromWechat');

export const WechatReturnSchema = z
  .object({
    outcome: z.enum(['signed-in', 'bound', 'unbound']).openapi({
      description:
        '`unbound`：还没有绑定，先用别的办法登录，再确认 · Nobody’s yet: sign in otherwise, then confirm',
    }),
    person: z.uuid().optional(),
  })
  .openapi('WechatReturn');

export const OwnWechatSchema = z
  .object({
    ways: z.array(z.object({ way: WechatWaySchema, boundAt: InstantSchema.optional() })),
    waiting: WechatWaySchema.optional().openapi({
      description: '刚从微信回来、等本人确认的 · Came back from WeChat and waits to be confirmed',
    }),
  })
  .openapi('OwnWechat');

export const WayParams = z.object({ way: WechatWaySchema });
