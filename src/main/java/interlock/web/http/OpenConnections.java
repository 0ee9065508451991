package interlock.web.http;

import interlock.neo4j.database.ReadCaller;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Detects that the client of a request has disconnected, so that reads on its behalf can be cancelled. The server
 * itself does not read from a connection while it handles a request, and so does not notice that it was closed.
 */
final class OpenConnections extends Handler.Wrapper {
    OpenConnections(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        return ReadCaller.during(() -> hasGone(client), () -> super.handle(request, response, callback));
    }

    /** Only a closed connection is readable without having bytes to read. */
    private static boolean hasGone(EndPoint client) {
        if (!client.isOpen()) {
            return true;
        }
        if (!(client instanceof SelectableChannelEndPoint selectable
                && selectable.getChannel() instanceof SocketChannel channel)) {
            return false;
        }
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.selectNow() > 0 && channel.socket().getInputStream().available() == 0;
        } catch (IOException _) {
            return true;
        }
    }
}
