package dev.gatehouse.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class runs a second time with its database behind PgBouncer, where PgBouncer is installed. Nothing in it may rely on two
 * transactions of {@link TestDatabase#connect} having one session; {@link TestDatabase#connectDirectly} keeps one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("pooled")
@ExtendWith(PooledCondition.class)
public @interface Pooled {}
