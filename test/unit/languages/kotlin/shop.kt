package shop.pay

import dev.openfeature.sdk.Client
import kotlin.collections.*
import shop.flags.FlagKey as Key

// One of everything.
@Singleton
sealed class Flag<out T : Any>(val default: T) {
    abstract val keyName: String

    data object Pay : Flag<Boolean>(false) {
        override val keyName: String = "pay-é"
    }

    companion object {
        const val PREFIX = "team-"
        val all by lazy {
            listOf(Pay)
        }
    }
}

enum class Toggle(private val key: String = "none") : Named {
    BETA("beta"), @Deprecated("old") GAMMA;

    val shown: String
        get() = when (this) {
            BETA -> "b"
            Toggle.GAMMA -> "g"
        }
}

interface Flags {
    suspend fun <T : Any> isOn(key: Flag<T>, fallback: Boolean = false): Boolean
}

class FlagsImpl @Inject constructor(
    private val client: Client,
    name: String?,
) : Flags, Base(name) {
    private lateinit var other: Client
    private val lazyClient: Client by inject()

    init {
        other = client
    }

    constructor(client: Client) : this(client, null)

    override suspend fun <T : Any> isOn(key: Flag<T>, fallback: Boolean): Boolean =
        client.getBooleanValue(key.keyName, fallback)

    fun String.isActive(): Boolean {
        return other.getBooleanValue("${Flag.PREFIX}$this", false)
    }

    fun buy(vararg items: Item, done: (Int) -> Unit) {
        if (isOn(key = Flag.Pay) && items.isNotEmpty()) {
            done(1)
        } else if (flags["x"]?.value ?: false) {
            done(-2)
        }
        val (a, b) = 1 to 2
        items.filter { it.isNew && "new".isActive() }.forEach { item -> item.buy() }
        for (key in listOf("a", "b")) client.getStringValue(key, """raw $a""")
        try {
            while (a < b) retry()
        } catch (e: Exception) {
            log(e, 'c', 1.5f, 0x1F, true, null)
        }
        val anonymous = object : Runnable {
            override fun run() = Unit
        }
        every { client.getIntegerValue("stub", 3) } returns 4
        register(Client::class.java, ::println)
    }
}

typealias Shop = FlagsImpl

val Shop.isNew: Boolean
    get() = true

fun main() {
    println("done" as Any)
}
