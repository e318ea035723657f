import { expect, it } from 'vitest';
import { initialsOf } from './initials.ts';

it.each([
  ['王秀兰', 'wxl'],
  ['李慧芳', 'lhf'],
  ['欧阳修', 'oyx'],
  ['冉然', 'rr'],
  ['沙莎', 'ss'],
  ['鄂伦', 'el'],
  ['阿依古丽·买买提', 'ayglmmt'],
  ['Anna Li', 'annali'],
  ['', ''],
])('%s is %s', (name, initials) => expect(initialsOf(name)).toBe(initials));

it('surnames are read as surnames, and only at the front', () => {
  for (const [name, initials] of [
    ['单晓东', 'sxd'],
    ['曾晓东', 'zxd'],
    ['解晓东', 'xxd'],
    ['王解放', 'wjf'],
  ] as const) {
    expect(initialsOf(name)).toBe(initials);
  }
});

it('common surnames begin with the letter that they are found under', () => {
  const byLetter: Readonly<Record<string, string>> = {
    a: '安艾敖',
    b: '柏鲍毕卞薄白班包贝别卜步暴边',
    c: '陈褚曹昌岑常成崔程储车从苍柴充晁巢池楚迟蔡',
    d: '窦戴狄董杜丁邓段党堵都东',
    e: '鄂',
    f: '冯费范方凤樊房丰傅扶伏封符',
    g: '葛顾高郭关干耿弓宫甘桂古戈广勾归龚管巩',
    h: '韩何华花贺郝和黄胡霍洪滑惠侯怀',
    j: '蒋金姜纪季贾江嵇焦景姬籍晋靳荆鞠冀',
    k: '孔康柯匡寇况阚夔',
    l: '李吕柳鲁雷廉罗林梁蓝娄路骆凌卢刘龙黎赖蔺鹿冷连',
    m: '马苗穆毛米明孟闵麻莫',
    n: '倪聂牛宁农那年',
    o: '欧区',
    p: '潘彭裴庞皮平蒲濮逄',
    q: '钱秦戚齐祁屈邱裘强曲全秋瞿权',
    r: '任阮荣戎容冉芮茹饶',
    s: '孙沈施苏史宋邵舒石盛司桑束尚申沙师水单',
    t: '陶唐汤滕谭佟田涂童屠',
    w: '王吴魏卫韦万汪危乌巫武温翁闻',
    x: '许谢奚薛萧项席徐夏邢荀幸熊辛向宣胥',
    y: '杨尤严喻云袁姚尹于余叶阎晏应虞殷游郁岳',
    z: '赵周郑朱张邹章臧祝钟郅支左甄翟宗庄詹查曾',
  };
  for (const [letter, surnames] of Object.entries(byLetter)) {
    for (const surname of surnames) expect(`${surname}${initialsOf(surname)}`).toBe(`${surname}${letter}`);
  }
});
