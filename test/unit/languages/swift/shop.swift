import Foundation
import LaunchDarkly
import struct Shop.Item

// One of everything.
enum Flag: String, CaseIterable {
    case newPay = "new-é"
    case old, beta
    static let prefix = "team-"

    var key: String {
        switch self {
        case .newPay: return "a"
        case .old, .beta: return Flag.prefix + "b"
        }
    }
}

protocol Flags: AnyObject {
    var client: LDClient? { get }
    func isOn(_ flag: Flag, default fallback: Bool) async throws -> Bool
}

final class FlagsImpl: Base, Flags {
    let client: LDClient?
    @Injected private var other: any Client
    private lazy var items = [Item]()
    var count = 1 {
        didSet { log(count) }
    }

    init(client: LDClient, name: String = "x") {
        self.client = client
        super.init(name)
    }

    func isOn(_ flag: Flag, default fallback: Bool = false) async throws -> Bool {
        client?.boolVariation(forKey: flag.rawValue, defaultValue: fallback) ?? false
    }

    func buy(_ items: Item..., done: @escaping (Int) -> Void) async {
        if try! await isOn(.newPay), let first = items.first, !first.isNew {
            done(1)
        } else if count > 2 || flags["x"]?.value == nil {
            done(-2)
        }
        guard let client else { return }
        let (a, b) = (1, 0x1F)
        items.filter { $0.isNew && client.on("k") }.map { (item: Item) in item.buy() }
        for key in ["a", "b"] { client.stringVariation(forKey: key, defaultValue: "\(a) or \(b)") }
        while a < b { retry() }
        let text = """
            several
              lines
            """
        let named = a > b ? ["one": 1] : [:]
        do { try log(text, named as Any) } catch let failure { report(failure) }
    }
}

extension LDClient {
    func isActive(key: String) -> Bool { boolVariation(forKey: key, defaultValue: false) }
}

typealias Shop = FlagsImpl

let shared = FlagsImpl(client: LDClient.get()!)
