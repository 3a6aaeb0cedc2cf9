package dev.gatehouse.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link Pooled}, in {@code ./gatehouse test --long} alone. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("pooled-long")
@ExtendWith(PooledCondition.class)
public @interface PooledWhenLong {}
