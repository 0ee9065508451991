package interlock.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The credentials for Keystone. */
sealed interface Credentials {
    /**
     * A user and a password.
     *
     * @param user {@code {id}} or {@code {name, domain}}
     * @param password the password
     */
    record Password(ObjectNode user, Secret password) implements Credentials {
        @Override
        public ObjectNode identity() {
            ObjectNode whole = user.deepCopy().put("password", password.value());
            return method("password", JsonNodeFactory.instance.objectNode().set("user", whole));
        }
    }

    /**
     * An application credential, which implies its scope.
     *
     * @param credential {@code {id}} or {@code {name, user}}
     * @param secret its secret
     */
    record ApplicationCredential(ObjectNode credential, Secret secret) implements Credentials {
        @Override
        public ObjectNode identity() {
            return method("application_credential", credential.deepCopy().put("secret", secret.value()));
        }
    }

    /** An existing token. */
    record Token(Secret token) implements Credentials {
        @Override
        public ObjectNode identity() {
            return method("token", JsonNodeFactory.instance.objectNode().put("id", token.value()));
        }
    }

    /** {@return Keystone's {@code auth.identity}; it contains the secret} */
    ObjectNode identity();

    private static ObjectNode method(String name, ObjectNode document) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        identity.set(
                "methods",
                JsonNodeFactory.instance.arrayNode().addAll(List.of(JsonNodeFactory.instance.textNode(name))));
        identity.set(name, document);
        return identity;
    }
}
