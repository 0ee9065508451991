package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a service answered to a request that it carried out.
 *
 * @param body the document; missing, if there is none
 * @param requestId by which the service's own logs know the request; may be empty
 */
record Reply(JsonNode body, String requestId) {}
