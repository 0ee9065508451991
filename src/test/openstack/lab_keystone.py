"""A stand-in for Keystone: one user, admin, whose password is secret; and for Glance: one image, cirros.

Tests can have Nova's next answers replaced (POST /lab/faults), and all tokens expire (POST /lab/tokens).
"""
import json
import uuid

ROLES = ('admin', 'member', 'reader')


class Keystone:
    """The tokens are such as Cinder reads without Keystone: user:project."""

    def __init__(self, project, image):
        self.project = project
        self.image = {'id': image, 'name': 'cirros', 'status': 'active', 'visibility': 'public', 'size': 1}
        self.catalog = {}
        self.tokens = set()
        self.faults = []

    def __call__(self, env, start):
        path, method = env['PATH_INFO'].rstrip('/'), env['REQUEST_METHOD']
        if path == '/v3/auth/tokens' and method == 'POST':
            if not self._knows(_json(env)):
                return _error(start, '401 Unauthorized', 'The request you have made requires authentication.')
            token = '%s:%s' % (uuid.uuid4().hex, self.project)
            self.tokens.add(token)
            return _answer(start, '201 Created', self._token(), ('X-Subject-Token', token))
        if path == '/v3/auth/tokens' and method == 'GET':
            return _answer(start, '200 OK', self._token())
        if path == '/v3/auth/tokens' and method == 'DELETE':
            self.tokens.discard(env.get('HTTP_X_SUBJECT_TOKEN'))
            return _answer(start, '204 No Content', None)
        if path == '/v3/auth/catalog':
            return _answer(start, '200 OK', {'catalog': self._catalog(), 'links': {}})
        if path == '/lab/faults':
            self.faults = _json(env)
            return _answer(start, '204 No Content', None)
        if path == '/lab/tokens':
            self.tokens.clear()
            return _answer(start, '204 No Content', None)
        if path == '/v2/images':
            return _answer(start, '200 OK', {'images': [self.image]})
        if path == '/v2/images/' + self.image['id']:
            return _answer(start, '200 OK', self.image)
        version = {'id': 'v3.14', 'status': 'stable', 'updated': '2020-04-07T00:00:00Z', 'media-types': [],
                   'links': [{'rel': 'self', 'href': 'http://%s/v3/' % env['HTTP_HOST']}]}
        if path == '/v3':
            return _answer(start, '200 OK', {'version': version})
        if path == '':
            return _answer(start, '300 Multiple Choices', {'versions': {'values': [version]}})
        return _error(start, '404 Not Found', '%s is not there' % path)

    @staticmethod
    def _knows(request):
        user = request.get('auth', {}).get('identity', {}).get('password', {}).get('user', {})
        return user.get('name') == 'admin' and user.get('password') == 'secret'

    def _token(self):
        domain = {'id': 'default', 'name': 'Default'}
        return {'token': {
            'methods': ['password'], 'audit_ids': ['lab'],
            'issued_at': '2020-01-01T00:00:00.000000Z', 'expires_at': '2099-01-01T00:00:00.000000Z',
            'user': {'id': 'admin', 'name': 'admin', 'domain': domain},
            'project': {'id': self.project, 'name': 'admin', 'domain': domain},
            'roles': [{'id': role, 'name': role} for role in ROLES],
            'catalog': self._catalog()}}

    def _catalog(self):
        return [{'type': kind, 'name': kind, 'id': kind, 'endpoints': [
            {'id': kind + interface, 'interface': interface, 'region': 'RegionOne', 'region_id': 'RegionOne', 'url': url}
            for interface in ('public', 'internal', 'admin')]} for kind, url in self.catalog.items()]

    def guard(self, app):
        """Asks for a token, as Keystone's middleware does; but first, a service answers with the faults that it was given."""
        def guarded(env, start):
            if self.faults:
                fault = self.faults.pop(0)
                return _error(start, fault['status'], 'as the test has asked', *fault.get('headers', {}).items())
            resource = env['PATH_INFO'].strip('/').partition('/')[2]
            if resource and env.get('HTTP_X_AUTH_TOKEN') not in self.tokens:
                return _error(start, '401 Unauthorized', 'The request you have made requires authentication.')
            return app(env, start)
        return guarded


def _json(env):
    return json.loads(env['wsgi.input'].read(int(env.get('CONTENT_LENGTH') or 0)) or b'{}')


def _answer(start, status, body, *headers):
    raw = b'' if body is None else json.dumps(body).encode()
    start(status, [('Content-Type', 'application/json'), ('Content-Length', str(len(raw))), *headers])
    return [raw]


def _error(start, status, message, *headers):
    code, _, title = status.partition(' ')
    return _answer(start, status, {'error': {'code': int(code), 'title': title, 'message': message}}, *headers)
