# frozen_string_literal: true

require 'open_feature/sdk'
require_relative 'flags'

module Shop
  # runbook: docs/pay.md
  class Pay < Base::Service
    include Gates
    attr_reader :client
    NEW_NAV = :new_nav
    FLAGS = { search: 'fast-search', "beta" => :beta }.freeze
    delegate :enabled?, to: :client

    def initialize(client: OpenFeature::SDK.build_client, limit = 3, *rest)
      @client = client
      @limit ||= limit
    end

    def charge(user, key)
      return 0 unless Flipper.enabled?(NEW_NAV, user)

      total = items.map { |item| item.price * 2 }.sum
      if client.fetch_boolean_value(flag_key: "pay-#{key}", default_value: false) && total > 1
        gate.enabled? :fast, user
      elsif Flipper[:search].enabled?(user)
        total -= 1
      else
        "none\t" 'at all'
      end
    rescue Timeout::Error, Shop::Failed => e
      log e.message do |line, *|
        puts line
      end
    end

    class << self
      def default = new(client: nil)
    end
  end
end

puts <<~TEXT
  Total: #{Shop::Pay.default.charge(nil, :k)}
TEXT
