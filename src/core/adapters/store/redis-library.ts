import { createHash } from 'node:crypto';

/**
 * The store's rules as functions of the server, where each call is one step that nothing comes between. Lua takes nothing
 * back, so all that could fail is asked before the first write: whether the user may write there, and whether the streams
 * end before the events. Numbers stay the texts they arrive as. Keys are not declared, since Redis would then want the
 * right to read and write each of them; as it is, a user needs just what is done in his name.
 */
const BODY = `
local function now()
  local time = redis.call('TIME')
  return time[1] .. string.format('%03d', math.floor(time[2] / 1000))
end

local function register(name, callback, flags)
  redis.register_function({ function_name = library .. '_' .. name, callback = callback, flags = flags })
end

-- What the user may not do, or nothing.
local function forbidden(...)
  if not redis.acl_check_cmd(...) then
    local name, key = ...
    return { 'noperm', name .. ' ' .. key }
  end
end

-- prefix, form, id, config, feed, take over (1 or 0), fresh ms, services
local function start(_, args)
  local prefix, form, id, config, feed = args[1], args[2], args[3], args[4], args[5]
  local run = prefix .. 'run'
  local held = redis.call('HMGET', run, 'form', 'id', 'config', 'feed')
  if held[1] and (held[1] ~= form or held[2] ~= id or held[3] ~= config or held[4] ~= feed) then
    return { 'run', held[1], held[2], held[3], held[4] }
  end
  local time = now()
  for i = 8, #args do
    local service = prefix .. 'service:' .. args[i]
    local beat = redis.call('HGET', service, 'beat')
    if args[6] == '0' and beat and time - beat < tonumber(args[7]) then return { 'alive', args[i], beat, time } end
    local no = forbidden('HSET', service, 'beat', time) or forbidden('HINCRBY', service, 'epoch', 1)
    if no then return no end
  end
  if not held[1] then
    local no = forbidden('HSETNX', run, 'form', form)
    if no then return no end
    redis.call('HSETNX', run, 'form', form)
    redis.call('HSETNX', run, 'id', id)
    redis.call('HSETNX', run, 'config', config)
    redis.call('HSETNX', run, 'feed', feed)
  end
  local answer = { 'ok' }
  for i = 8, #args do
    local service = prefix .. 'service:' .. args[i]
    redis.call('HSET', service, 'beat', time)
    answer[#answer + 1] = redis.call('HINCRBY', service, 'epoch', 1)
    answer[#answer + 1] = redis.call('GET', prefix .. 'done:' .. args[i]) or '0-0'
  end
  return answer
end

-- One commit from args[at] on, as the adapter lays it out; and where the next one begins.
local function parse(args, at)
  local one = { service = args[at], epoch = args[at + 1], token = args[at + 2], from = args[at + 3], to = args[at + 4] }
  one.absent, one.read, one.appends, one.writes = args[at + 5], {}, {}, {}
  local place = at + 7
  for i = 1, tonumber(args[at + 6]) do
    one.read[i] = { stage = args[place], mark = args[place + 1] }
    place = place + 2
  end
  local appends = tonumber(args[place])
  place = place + 1
  for i = 1, appends do
    one.appends[i] = { args[place], args[place + 1], args[place + 2] }
    place = place + 3
  end
  local writes = tonumber(args[place])
  place = place + 1
  for i = 1, writes do
    local write = { key = args[place], command = args[place + 1], args = {} }
    for j = 1, tonumber(args[place + 2]) do write.args[j] = args[place + 2 + j] end
    place = place + 3 + #write.args
    one.writes[i] = write
  end
  return one, place
end

local function is_before(a, b)
  local n, within = string.match(a, '^(%d+)-(%d+)$')
  local m, beyond = string.match(b, '^(%d+)-(%d+)$')
  n, m = tonumber(n), tonumber(m)
  return n < m or (n == m and tonumber(within) < tonumber(beyond))
end

local function judge(prefix, one)
  local held = redis.call('HMGET', prefix .. 'service:' .. one.service, 'epoch', 'token')
  if held[1] ~= one.epoch then return 'fenced' end
  local done = redis.call('GET', prefix .. 'done:' .. one.service) or '0-0'
  if done == one.to and held[2] == one.token then return 'already' end
  if done ~= one.from then return 'gap' end
  for _, read in ipairs(one.read) do
    if is_before(redis.call('GET', prefix .. 'done:' .. read.stage) or '0-0', read.mark) then return 'gap' end
  end
  if one.absent ~= '' and redis.call('EXISTS', one.absent) == 1 then return 'refused' end
end

-- Whether the first event for each channel may go to the end of its stream; the rest ascend.
local function barred_append(prefix, one)
  local asked = {}
  for _, append in ipairs(one.appends) do
    local channel, id = append[1], append[2]
    if not asked[channel] then
      asked[channel] = true
      local stream = prefix .. channel
      local no = forbidden('XADD', stream, id, 'event', '', 'at', '') or forbidden('PUBLISH', channel, '')
      if no then return no end
      local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
      if last and not is_before(last[1], id) then return { 'foreign', stream, last[1], id } end
    end
  end
end

local function barred(prefix, one)
  for _, write in ipairs(one.writes) do
    local no = forbidden('DEL', write.key)
      or (write.command ~= 'DEL' and forbidden(write.command, write.key, unpack(write.args)))
    if no then return no end
  end
  return forbidden('HSET', prefix .. 'service:' .. one.service, 'token', '')
    or forbidden('SET', prefix .. 'done:' .. one.service, '')
    or forbidden('PUBLISH', prefix .. 'moved:' .. one.service, '')
    or barred_append(prefix, one)
end

local function apply(prefix, one, time)
  for _, append in ipairs(one.appends) do
    redis.call('XADD', prefix .. append[1], append[2], 'event', append[3], 'at', time)
  end
  for _, write in ipairs(one.writes) do
    redis.call('DEL', write.key)
    if write.command ~= 'DEL' then redis.call(write.command, write.key, unpack(write.args)) end
  end
  redis.call('HSET', prefix .. 'service:' .. one.service, 'token', one.token)
  redis.call('SET', prefix .. 'done:' .. one.service, one.to)
end

-- Small commits say all of themselves, so that who waits for them need not ask.
local function told(one, time)
  local texts, bytes = { one.service, one.from, one.to }, 0
  if #one.appends > 64 then return texts end
  for _, append in ipairs(one.appends) do bytes = bytes + #append[3] end
  if bytes > 65536 then return texts end
  texts[4] = time
  for _, append in ipairs(one.appends) do
    for i = 1, 3 do texts[#texts + 1] = append[i] end
  end
  return texts
end

local function tell(prefix, one, time)
  for _, append in ipairs(one.appends) do redis.call('PUBLISH', append[1], append[3]) end
  redis.call('PUBLISH', prefix .. 'moved:' .. one.service, cjson.encode(told(one, time)))
end

-- prefix, how many, commits
local function commit(_, args)
  local prefix, commits, at = args[1], {}, 3
  for i = 1, tonumber(args[2]) do commits[i], at = parse(args, at) end
  for _, one in ipairs(commits) do
    local answer = judge(prefix, one)
    if answer then return { answer } end
  end
  for _, one in ipairs(commits) do
    local no = barred(prefix, one)
    if no then return no end
  end
  local time = now()
  for _, one in ipairs(commits) do apply(prefix, one, time) end
  for _, one in ipairs(commits) do tell(prefix, one, time) end
  return { 'ok' }
end

-- prefix, service, epoch
local function heartbeat(_, args)
  local service = args[1] .. 'service:' .. args[2]
  if redis.call('HGET', service, 'epoch') ~= args[3] then return { 'fenced' } end
  redis.call('HSET', service, 'beat', now())
  return { 'ok' }
end

-- prefix, service, epoch
local function leave(_, args)
  local service = args[1] .. 'service:' .. args[2]
  if redis.call('HGET', service, 'epoch') ~= args[3] then return { 'fenced' } end
  redis.call('HDEL', service, 'beat')
  return { 'ok' }
end

register('start', start)
register('commit', commit)
register('heartbeat', heartbeat)
register('leave', leave)
register('ready', function() return { 'ok' } end, { 'no-writes' })
`;

export type RedisLibrary = {
  readonly name: string;
  /** What FUNCTION LOAD takes. */
  readonly code: string;
};

/** The name bears a hash of the text: programs of two versions each find their own functions, side by side, and never replace any. */
export function redisLibrary(body: string = BODY): RedisLibrary {
  const name = `tradekit_${createHash('sha256').update(body).digest('hex').slice(0, 10)}`;
  return { name, code: `#!lua name=${name}\nlocal library = '${name}'\n${body}` };
}
