'use strict';
// Runs kinesis-local for LocalKinesis with four changes, each of which fails at start when it no longer fits:
// it listens on free ports of the loopback interface only, says which, ends with the process that started it, and
// PutRecords costs the same however many records a shard holds.
const fs = require('fs');
const net = require('net');
const path = require('path');
const Module = require('module');

// The server is given these "ports"; they stand for free ones.
const ROLES = {[process.env.KINESIS_MOCK_TLS_PORT]: 'tls', [process.env.KINESIS_MOCK_PLAIN_PORT]: 'plain'};

// The pipe closes when the starting process ends, however it ends. No exit(): the server would take half a minute.
const end = () => process.kill(process.pid, 'SIGKILL');
process.stdin.on('end', end).on('error', end).resume();

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, callback) {
  const role = ROLES[port];
  if (role === undefined || typeof callback !== 'function' || arguments.length !== 2) {
    throw new Error('kinesis-local listens in a new way: ' + JSON.stringify([...arguments]));
  }
  return listen.call(this, {port: 0, host: '127.0.0.1'}, () => {
    console.log(`LISTENING ${role} ${this.address().port}`);
    callback();
  });
};

// Stock PutRecords groups records by (shard, all records of the shard) and hashes the latter for each record.
// All pairs of one shard in one request are equal, so the shard alone tells them apart.
const GROUPED = 'var key = $ct_T2__O__O__(new $c_T2(), elem.ev, elem.e2);';
const GROUPED_BY_SHARD =
  GROUPED + ' key.g = function () { return this.m().g(); }; key.b = function (other) { return this.m().b(other.m()); };';

const main = path.join(__dirname, 'node_modules', 'kinesis-local', 'main.js');
const parts = fs.readFileSync(main, 'utf8').split(GROUPED);
if (parts.length !== 2) {
  throw new Error(`kinesis-local is not the version that is patched here: text found ${parts.length - 1} times`);
}
process.chdir(path.dirname(main)); // it reads its certificate from the working folder
const server = new Module(main, null);
server.filename = main;
server.paths = Module._nodeModulePaths(path.dirname(main));
server._compile(parts.join(GROUPED_BY_SHARD), main);
