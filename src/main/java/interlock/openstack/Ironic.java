package interlock.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * Ironic's API, as far as actions use it.
 *
 * @param waiter waits between retries
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
