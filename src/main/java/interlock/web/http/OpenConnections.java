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
 * Knows whether the client of a request still waits for the answer, so that what is read for it can be ended. The server itself does not
 * read from a connection while it works on a request, and so does not learn that the other end has closed it.
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

    /** A closed connection, and only that, can be read from without having anything to read. */
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
