package interlock.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * Ironic, as far as actions need it.
 *
 * @param endpoint where it is
 * @param waiter how whoever asks waits
 */
public record Ironic(Endpoint endpoint, Waiter waiter) {
    public Optional<Node> node(String idOrName) throws CloudException, InterruptedException {
        return Pages.one(endpoint, waiter, "/nodes/" + Pages.encoded(idOrName), "", Node::read);
    }

    /** {@return the id of the request} */
    public String power(Node node, String target) throws CloudException, InterruptedException {
        return endpoint.send(
                        Call.put(
                                "/nodes/%s/states/power".formatted(Pages.encoded(node.id())),
                                JsonNodeFactory.instance.objectNode().put("target", target)),
                        waiter)
                .requestId();
    }
}
